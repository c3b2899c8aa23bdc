/** Where the phone is, as "longitude,latitude"; nothing where it cannot or may not tell. */
export function here(): Promise<string | undefined> {
  return new Promise((resolve) => {
    uni.getLocation({
      type: 'wgs84', // as the receiver gives it, the same in every browser and in WeChat
      success: (r) => resolve(`${r.longitude.toFixed(5)},${r.latitude.toFixed(5)}`),
      fail: () => resolve(undefined),
    })
  })
}
