import { ref, shallowReactive } from 'vue'
import { post } from '@/api/client'
import { isProblem } from '@/api/problem'
import { filled, type Values } from './form'
import type { components } from '@/api/schema'

type Result = components['schemas']['ProgramResult']
type Ask = components['schemas']['AssessInputBody']

const wait = 350 // milliseconds after the last key

/** Assesses while the person types: the newest answer a programme, and whether one is under way. */
export function useAssess() {
  const results = shallowReactive(new Map<string, Result>())
  const busy = ref(0)
  const failed = ref(false)
  const timers = new Map<string, number>()
  const turn = new Map<string, number>()

  function ask(program: string, values: Values, rest: Omit<Ask, 'program' | 'form'>): void {
    clearTimeout(timers.get(program))
    timers.set(program, window.setTimeout(() => void send(program, values, rest), wait))
  }
  async function send(program: string, values: Values, rest: Omit<Ask, 'program' | 'form'>): Promise<void> {
    const mine = (turn.get(program) ?? 0) + 1
    turn.set(program, mine)
    busy.value++
    try {
      const out = await post('/api/v1/clinical/assess', { program, form: filled(values) as never, ...rest })
      if (turn.get(program) === mine) results.set(program, out)
      failed.value = false
    } catch (e) {
      // Too little is filled in yet, or something typed is wrong: the field says so itself.
      if (turn.get(program) === mine) results.delete(program)
      failed.value = !isProblem(e) || (e.status !== 422 && e.status !== 400 && e.status !== 401)
    } finally {
      busy.value--
    }
  }
  function forget(program: string): void {
    clearTimeout(timers.get(program))
    turn.set(program, (turn.get(program) ?? 0) + 1)
    results.delete(program)
  }
  return { results, busy, failed, ask, forget }
}
