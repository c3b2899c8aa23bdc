/** Where the phone is, as "longitude,latitude"; nothing where it cannot or may not tell. */
export function here(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.getLocation({
      type: 'gcj02',
      success: (r) => resolve(`${r.longitude.toFixed(5)},${r.latitude.toFixed(5)}`),
      fail: () => resolve(undefined),
    })
  })
}
