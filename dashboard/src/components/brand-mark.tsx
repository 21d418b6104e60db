/** The QR finder squares with the guest's order as the fourth; decoration beside the product's name. */
export function BrandMark({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true" focusable="false">
      <rect width="32" height="32" rx="8" fill="#4338ca" />
      <g fill="#fff" fillRule="evenodd">
        <path d="M7 7h8v8H7zm2.5 2.5v3h3v-3z" />
        <path d="M17 7h8v8h-8zm2.5 2.5v3h3v-3z" />
        <path d="M7 17h8v8H7zm2.5 2.5v3h3v-3z" />
      </g>
      <circle cx="21" cy="21" r="4" fill="#86efac" />
    </svg>
  );
}
