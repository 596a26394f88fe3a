/** Rows that are on their way. Screen readers are told in words. */
export const Skeleton = ({ label, rows = 8 }: { label: string; rows?: number }) => (
  <div class="skeleton" aria-busy="true">
    <p class="hidden" role="status">
      {label}
    </p>
    {Array.from({ length: rows }, (_, row) => (
      <div key={row} class="bone" aria-hidden="true" style={{ '--row': String(row) }} />
    ))}
  </div>
);
