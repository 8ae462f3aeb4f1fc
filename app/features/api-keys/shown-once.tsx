import { type ReactNode, useEffect, useRef } from "react";

/** Something that is shown this once: it takes the focus, so that nobody overlooks it. */
export function ShownOnce({ children }: { children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.focus();
  }, []);
  return (
    <div ref={box} tabIndex={-1} className="scroll-mt-20 rounded-lg">
      {children}
    </div>
  );
}
