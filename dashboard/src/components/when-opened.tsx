import { type ReactNode, Suspense, useEffect, useState } from "react";

/**
 * Mounts a lazily loaded dialog or drawer at its first opening, closed, and opens it then: it gives the focus back only
 * to what had it before it opened. It stays mounted, so that its end can be seen.
 */
export function WhenOpened({ isOpen, children }: { isOpen: boolean; children: (isOpen: boolean) => ReactNode }) {
  const [wasOpened, setWasOpened] = useState(isOpen);
  if (isOpen && !wasOpened) setWasOpened(true);
  if (!wasOpened) return null;
  return (
    <Suspense fallback={null}>
      <AfterMount isOpen={isOpen}>{children}</AfterMount>
    </Suspense>
  );
}

function AfterMount({ isOpen, children }: { isOpen: boolean; children: (isOpen: boolean) => ReactNode }) {
  const [isMounted, setIsMounted] = useState(false);
  useEffect(() => setIsMounted(true), []);
  return children(isOpen && isMounted);
}
