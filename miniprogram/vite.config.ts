import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

// The plug-in is CommonJS: Node puts its default export one level down.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin

// The runtime and the component set paint shadows and icons from their makers' hosts; this
// page loads nothing from anyone else.
const foreign: [RegExp, string][] = [
  [/https:\/\/cdn\.dcloud\.net\.cn\/img\/[\w-]+\.png/g, 'data:,'],
  [/@font-face\s*\{[^}]*at\.alicdn\.com[^}]*\}/g, ''],
]
const strip = (text: string) => foreign.reduce((s, [what, by]) => s.replace(what, by), text)
const nothingForeign: Plugin = {
  name: 'nothing-foreign',
  enforce: 'post',
  generateBundle(_, bundle) {
    for (const file of Object.values(bundle)) {
      if (file.type === 'chunk') file.code = strip(file.code)
      else if (/\.(css|wxss)$/.test(file.fileName)) file.source = strip(String(file.source))
    }
  },
}

export default defineConfig({
  base: './',
  plugins: [uni(), nothingForeign],
  build: { sourcemap: false, reportCompressedSize: false },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080', '/demo': 'http://127.0.0.1:8080' } },
})
