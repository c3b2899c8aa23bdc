import { defineConfigWithVueTs, vueTsConfigs } from '@vue/eslint-config-typescript'
import vue from 'eslint-plugin-vue'

export default defineConfigWithVueTs(
  { ignores: ['dist/**', 'src/api/schema.d.ts', 'src/components.d.ts', 'test-results/**', 'playwright-report/**'] },
  vue.configs['flat/essential'],
  vueTsConfigs.recommended,
  {
    rules: {
      'vue/multi-word-component-names': 'off', // pages are named after their noun
      'vue/no-v-html': 'error',
      'no-console': 'error',
    },
  },
)
