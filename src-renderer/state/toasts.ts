/** Short notices that go by themselves. */
import { create } from 'zustand'

export interface Toast {
  id: number
  tone: 'quiet' | 'bad'
  text: string
}

const MAX_SHOWN = 3
let nextId = 1

export const useToasts = create<{ toasts: Toast[] }>(() => ({ toasts: [] }))

/** The same notice is shown once, however often it is told. */
export function showToast(text: string, tone: Toast['tone'] = 'quiet'): void {
  useToasts.setState(({ toasts }) => ({
    toasts: [...toasts.filter((toast) => toast.text !== text), { id: nextId++, tone, text }].slice(-MAX_SHOWN)
  }))
}

export function dropToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }))
}
