/** The six digits of an authenticator now. */
export function totp(secret: string): string
