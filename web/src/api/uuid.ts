/** A fresh Idempotency-Key. (randomUUID exists on TLS pages only.) */
export function newKey(): string {
  const b = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(b, (x) => x.toString(16).padStart(2, '0')).join('')
}
