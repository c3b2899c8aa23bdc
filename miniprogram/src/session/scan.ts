/** Where the mini-program's code of a scene leads: a team's page, or the check-in of an event. */
export function pageOf(path: string): string | undefined {
  const scene = decodeURIComponent(/[?&]scene=([^&]+)/.exec(path)?.[1] ?? '')
  if (!scene) return undefined
  const team = teamOf(scene)
  return team ? `/resident/team/team?id=${team}` : `/resident/check-in/check-in?scene=${encodeURIComponent(scene)}`
}

/** The team a scene names, as in team-12. */
export const teamOf = (scene: string): string | undefined => /^team-(\d{1,19})$/.exec(scene)?.[1]

/** Scans a code with the camera and opens what it leads to; tells whether it led anywhere. Only WeChat has the camera. */
export function scan(): Promise<boolean> {
  return new Promise((resolve) => {
    uni.scanCode({
      scanType: ['wxCode', 'qrCode'] as never,
      success: (r) => {
        const url = pageOf(r.path || r.result)
        if (url) uni.navigateTo({ url })
        resolve(url !== undefined)
      },
      fail: () => resolve(true), // the person closed the camera
    })
  })
}
