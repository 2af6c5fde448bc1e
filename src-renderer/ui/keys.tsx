/** A key as it is printed on a keyboard. */
export function Keys({ children }: { children: string }) {
  return (
    <kbd
      className="rounded-[5px] border border-line-strong px-1.5 font-sans text-tiny leading-4 text-text-2"
      aria-hidden
    >
      {children}
    </kbd>
  )
}
