export const membersEn = {
  "role.OWNER": "Owner",
  "role.ADMIN": "Administrator",
  "role.VIEWER": "Viewer",

  "members.title": "Members",
  "members.description":
    "Owners and administrators change everything, but only owners appoint owners; viewers look, and change nothing.",
  "members.empty": "Nobody has joined yet",
  "members.emptyHint": "Invite the people who are to see whether orders arrive.",
  "members.people": "People",
  "members.role": "Role",
  "members.roleOf": "Role of {name}",
  "members.remove": "Remove",
  "members.leave": "Leave",
  "members.question.remove": "Remove {name} from this organization?",
  "members.question.leave": "Leave this organization, {name}?",
  "members.invitations": "Invitations",
  "members.invite": "Invite",
  "members.expires": "expires {when}",
  "members.cancelInvitation": "Take back",
  "members.link": "Invitation link",
  "members.copyLink": "Copy the link",
  "members.linkHint":
    "Hand this link to the person, and to nobody else. It is not shown again and works once, for 7 days.",
} as const;
