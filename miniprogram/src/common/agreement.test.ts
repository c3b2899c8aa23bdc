import { expect, it } from 'vitest'
import type { Package } from '@/api/types'
import { readable } from './agreement'

const body = `乙方:{{.Name}}    电话:{{.Phone}}
{{- if .Crowds}}
人群类型:{{range $i, $c := .Crowds}}{{if $i}}、{{end}}{{$c}}{{end}}
{{- end}}
{{- if .SignerRelation}}
代签人:{{.Signer}}
{{- end}}
第二条 服务内容
{{- range .Packages}}
【{{.Name}}】
{{- range .Items}}
  · {{.Name}},每年{{.Quota}}{{.Unit}}
{{- end}}
{{- end}}

第三条 服务方式`

it('fills in what is known and leaves no directive', () => {
  const packages = [{ name: '基础服务包', price_cents: 0, own_cents: 0, items: [{ name: '健康咨询', quota: 12, unit: '次' }] }] as Package[]
  const text = readable(body, { Name: '张秀英' }, packages)
  expect(text).toContain('乙方:张秀英    电话:____')
  expect(text).toContain('【基础服务包】每年标准免费,其中乙方自付免费:\n  · 健康咨询,每年12次\n\n第三条')
  expect(text).not.toMatch(/[{}]/)
})
