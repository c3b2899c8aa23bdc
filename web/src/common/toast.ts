import { ElMessage } from 'element-plus/es/components/message/index.mjs'
import 'element-plus/theme-chalk/el-message.css'

/** Says briefly that something is done. Failures are shown where they happened instead. */
export function done(text: string): void {
  ElMessage({ message: text, type: 'success', duration: 3000, showClose: true })
}
