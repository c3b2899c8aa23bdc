export interface Point { x: number; y: number }

/** Draws a stroke as a smooth line: through the middles, bent at the points. */
export function drawStroke(c: Pick<CanvasRenderingContext2D, 'beginPath' | 'moveTo' | 'lineTo' | 'quadraticCurveTo' | 'stroke'>, points: readonly Point[]): void {
  const [first, ...rest] = points
  if (!first) return
  c.beginPath()
  c.moveTo(first.x, first.y)
  rest.forEach((p, n) => {
    const next = rest[n + 1]
    if (next) c.quadraticCurveTo(p.x, p.y, (p.x + next.x) / 2, (p.y + next.y) / 2)
    else c.lineTo(p.x, p.y)
  })
  c.stroke()
}
