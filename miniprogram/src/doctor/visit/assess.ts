import { ref } from 'vue'
import { api, type Body } from '@/api/client'
import { asProblem } from '@/api/problem'
import type { Followup, Of } from '@/api/types'

type Ask = Body<'post', '/clinical/assess'>

const wait = 400 // milliseconds after the last key

/** Judges a form while it is filled in: the newest answer, or none while too little is there or the signal is gone. */
export function useAssess() {
  const result = ref<Of<'ProgramResult'>>()
  const offline = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  let turn = 0

  function ask(what: Ask) {
    clearTimeout(timer)
    timer = setTimeout(() => void send(what), wait)
  }
  async function send(what: Ask) {
    const mine = ++turn
    try {
      const out = await api.post('/clinical/assess', what)
      if (mine !== turn) return
      result.value = out
      offline.value = false
    } catch (e) {
      if (mine !== turn) return
      result.value = undefined // too little is filled in yet, or a field is wrong and says so itself
      offline.value = asProblem(e).status === 0
    }
  }
  return { result, offline, ask }
}

/** What earlier visits found in a programme, as the assessment takes it. */
export const previousOf = (visits: Followup[], program: string, before: string): Of<'PreviousVisit'>[] =>
  visits.filter((v) => v.visited_on <= before).flatMap((v) => v.programs.filter((p) => p.program === program).map((p) => ({ visited_on: v.visited_on, class: p.class, step: p.step })))
