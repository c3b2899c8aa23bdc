import { t } from '@/texts/zh-CN'

/** Asks before something that has consequences; content says them in plain words. */
export function confirmed(title: string, content: string, yes: string): Promise<boolean> {
  return new Promise((resolve) => {
    uni.showModal({ title, content, confirmText: yes, cancelText: t.no, success: (r) => resolve(r.confirm), fail: () => resolve(false) })
  })
}
