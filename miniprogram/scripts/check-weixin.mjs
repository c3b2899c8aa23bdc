// Loads a built mini-program as WeChat would, in a context that has what WeChat has and nothing
// of a browser: node scripts/check-weixin.mjs DIR. It cannot draw a page; it finds what is
// missing, what fails while it is loaded, and what WeChat would refuse.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import vm from 'node:vm'

const root = resolve(process.argv[2] ?? 'dist/build/mp-weixin')
const mostBytes = 2 * 1024 * 1024 // of the main package, and of each subpackage
const browserOnly = ['window', 'document', 'localStorage', 'sessionStorage', 'indexedDB', 'navigator', 'location', 'history', 'fetch', 'XMLHttpRequest', 'WebSocket', 'FormData', 'URL', 'URLSearchParams', 'TextEncoder', 'TextDecoder', 'Blob', 'FileReader', 'crypto', 'Image', 'alert']
// Calls that WeChat serves only where app.json declares them.
const declared = ['getLocation', 'getFuzzyLocation', 'chooseLocation', 'choosePoi', 'chooseAddress', 'startLocationUpdate', 'onLocationChange']

const faults = new Set()
const fault = (file, what) => faults.add(`${relative(root, file) || '.'}: ${what}`)
const files = readdirSync(root, { recursive: true, withFileTypes: true }).filter((f) => f.isFile()).map((f) => join(f.parentPath ?? f.path, f.name))
const app = JSON.parse(readFileSync(join(root, 'app.json'), 'utf8'))
const subpackages = app.subPackages ?? []
const packageOf = (file) => subpackages.find((s) => relative(root, file).startsWith(`${s.root}/`))?.root ?? ''
const pages = [...app.pages, ...subpackages.flatMap((s) => s.pages.map((p) => `${s.root}/${p}`))]

/** A file may use its own package and the main one. */
function reach(from, to) {
  if (packageOf(to) && packageOf(to) !== packageOf(from)) fault(from, `reaches into the package ${packageOf(to)}`)
}

function checkPage(path) {
  const at = join(root, path)
  for (const end of ['.js', '.json', '.wxml']) if (!existsSync(at + end)) fault(at + end, 'is missing')
}
function checkComponents(file) {
  for (const path of Object.values(JSON.parse(readFileSync(file, 'utf8')).usingComponents ?? {})) {
    const at = path.startsWith('/') ? join(root, path) : join(dirname(file), path)
    reach(file, at)
    checkPage(relative(root, at))
  }
}
function checkText(file) {
  const text = readFileSync(file, 'utf8')
  const ours = !/node-modules|vendor\.js$/.test(file)
  if (/\.(wxss|wxml)$/.test(file) && /https?:\/\//.test(text)) fault(file, 'loads something from another host')
  if (extname(file) !== '.js' || !ours) return
  for (const name of browserOnly) if (new RegExp(`(?<![\\w$.'"\`/-])${name}\\s*[.([]`).test(text) || new RegExp(`\\bnew ${name}\\b`).test(text)) fault(file, `uses ${name}, which WeChat does not have`)
  for (const name of declared) if (new RegExp(`\\.${name}\\(`).test(text) && !app.requiredPrivateInfos?.includes(name)) fault(file, `calls ${name}, which app.json does not declare`)
}
function checkSizes() {
  const sizes = Object.fromEntries(['', ...subpackages.map((s) => s.root)].map((p) => [p, 0]))
  for (const f of files) sizes[packageOf(f)] += statSync(f).size
  for (const [name, bytes] of Object.entries(sizes)) {
    console.log(`${name || 'main'} package: ${bytes} bytes`)
    if (bytes > mostBytes) fault(join(root, name), `is larger than ${mostBytes} bytes`)
  }
}

// uni-app copies what wx has, hence names; any other call takes anything and answers nothing.
const nothing = () => undefined
const empty = () => ({})
const wx = new Proxy({
  canIUse: () => true, getStorageSync: () => '', getStorageInfoSync: () => ({ keys: [] }), getAppBaseInfo: () => ({ fontSizeScaleFactor: 1 }), getAccountInfoSync: () => ({ miniProgram: {} }),
  getSystemInfoSync: empty, getDeviceInfo: empty, getWindowInfo: empty, getSystemSetting: empty, getAppAuthorizeSetting: empty, getLaunchOptionsSync: empty, getEnterOptionsSync: empty, getUpdateManager: empty,
}, { get: (own, name) => own[name] ?? nothing })
const made = { App: 0, Component: 0 }
const context = vm.createContext({
  wx, console, setTimeout, clearTimeout, setInterval, clearInterval,
  App: () => void made.App++, Component: () => void made.Component++, Page: () => void made.Component++, Behavior: (b) => b,
  global: {}, getApp: empty, getCurrentPages: () => [],
})
const loaded = new Map()
function load(file) {
  if (loaded.has(file)) return loaded.get(file).exports
  const module = { exports: {} }
  loaded.set(file, module)
  const require = (path) => {
    const to = join(dirname(file), path)
    reach(file, to)
    return load(extname(to) === '.js' ? to : `${to}.js`)
  }
  vm.compileFunction(readFileSync(file, 'utf8'), ['require', 'module', 'exports'], { filename: file, parsingContext: context })(require, module, module.exports)
  return module.exports
}
function start(path, kind) {
  const file = join(root, path)
  const before = made[kind]
  try {
    load(file)
    if (made[kind] === before) fault(file, `registers no ${kind}`)
  } catch (e) {
    fault(file, `fails while it is loaded: ${e}`)
  }
}

pages.forEach(checkPage)
files.filter((f) => f.endsWith('.json')).forEach(checkComponents)
files.forEach(checkText)
checkSizes()
start('app.js', 'App')
for (const p of pages) start(`${p}.js`, 'Component')
for (const f of files.filter((x) => x.endsWith('.json') && JSON.parse(readFileSync(x, 'utf8')).component)) start(relative(root, f).replace(/json$/, 'js'), 'Component')

for (const f of faults) console.error(f)
console.log(`${pages.length} pages, ${loaded.size} modules loaded, ${faults.size} faults`)
process.exitCode = faults.size ? 1 : 0
