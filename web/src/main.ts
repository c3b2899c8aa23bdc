import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import App from './App.vue'
import { queries } from './api/query'
import { router } from './router'
import { watchIdle } from './session/idle'
import { i18n } from './texts'
import 'element-plus/theme-chalk/base.css'
import './styles/tokens.css'
import './styles/base.css'

createApp(App).use(i18n).use(VueQueryPlugin, { queryClient: queries }).use(router).mount('#app')
watchIdle()
