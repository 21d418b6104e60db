import { createContext, useContext, useSyncExternalStore } from "react";
import type { ConnectionState, LiveConnection } from "./live-connection.ts";

const LiveConnectionContext = createContext<LiveConnection | null>(null);

export const LiveConnectionProvider = LiveConnectionContext.Provider;

export function useLiveConnection(): LiveConnection {
  const live = useContext(LiveConnectionContext);
  if (live === null) throw new Error("useLiveConnection is used outside of a LiveConnectionProvider");
  return live;
}

export function useConnectionState(): ConnectionState {
  const live = useLiveConnection();
  return useSyncExternalStore(live.subscribe, live.state);
}
