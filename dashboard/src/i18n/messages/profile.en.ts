export const profileEn = {
  "profile.title": "Profile",
  "profile.nameTitle": "Your name",
  "profile.save": "Save",
  "profile.saved": "Saved.",
  "profile.passwordTitle": "Password",
  "profile.changePassword": "Change password",
  "profile.passwordChanged": "Changed. All other sessions have ended.",
} as const;
