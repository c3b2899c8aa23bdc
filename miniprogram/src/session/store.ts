/** Small values that outlive the app, under names of our own. */
export const kept = {
  get<T>(name: string): T | undefined {
    const v: unknown = uni.getStorageSync(`jiayi.${name}`)
    return v === '' || v === undefined || v === null ? undefined : (v as T)
  },
  set: (name: string, value: unknown) => uni.setStorageSync(`jiayi.${name}`, value),
  /** The names that begin so. */
  names: (begin: string) => uni.getStorageInfoSync().keys.filter((k) => k.startsWith(`jiayi.${begin}`)).map((k) => k.slice('jiayi.'.length)),
  drop: (name: string) => uni.removeStorageSync(`jiayi.${name}`),
}
