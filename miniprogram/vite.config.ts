import uniPlugin from '@dcloudio/vite-plugin-uni'
import { defineConfig, type Plugin } from 'vite'

// The plug-in is CommonJS: Node puts its default export one level down.
const uni = (uniPlugin as unknown as { default?: typeof uniPlugin }).default ?? uniPlugin

// The runtime paints shadows with pictures of its maker's host; this page loads nothing from anyone else.
const noForeignImages: Plugin = {
  name: 'no-foreign-images',
  renderChunk: (code) => code.replace(/https:\/\/cdn\.dcloud\.net\.cn\/img\/[\w-]+\.png/g, 'data:,'),
}

export default defineConfig({
  base: './',
  plugins: [uni(), noForeignImages],
  build: { sourcemap: false, reportCompressedSize: false },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080', '/demo': 'http://127.0.0.1:8080' } },
})
