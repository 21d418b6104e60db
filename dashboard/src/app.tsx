import { RouterProvider } from "@tanstack/react-router";
import { useEffect } from "react";
import { router } from "./routes/router.ts";
import { SessionProvider, useSessionControl } from "./session/use-session.ts";

export function App() {
  const control = useSessionControl();
  const { session } = control;
  // Routes are chosen by the session: whoever has signed in or out is led to where that leads.
  useEffect(() => {
    if (session.state !== "unknown") void router.invalidate();
  }, [session]);
  if (session.state === "unknown") return null;
  return (
    <SessionProvider value={control}>
      <RouterProvider router={router} context={{ session }} />
    </SessionProvider>
  );
}
