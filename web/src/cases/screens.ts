import { defineComponent, h, type Component } from 'vue'
import type { Case } from './case'

// The screens of a case, as pages of the table of screens.

type Load = () => Promise<{ default: Case }>
type Page = () => Promise<{ default: Component }>

function screen(load: Load, page: Page): Page {
  return async () => {
    const [of, view] = await Promise.all([load(), page()])
    return { default: defineComponent({ setup: () => () => h(view.default, { of: of.default }) }) }
  }
}

export const caseList = (load: Load): Page => screen(load, () => import('./CaseListPage.vue'))
export const caseView = (load: Load): Page => screen(load, () => import('./CasePage.vue'))
export const caseNew = (load: Load): Page => screen(load, () => import('./CaseNewPage.vue'))
