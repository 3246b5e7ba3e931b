// Semblance's mark: two circles that overlap, as two pictures that resemble each other.
export function Mark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth="2" aria-hidden="true">
      <circle cx="9" cy="12" r="6.5" stroke="currentColor" />
      <circle cx="15" cy="12" r="6.5" stroke="var(--sem-accent)" />
    </svg>
  );
}
