/** Zod's issues as one plain sentence with a code, without repeating what was sent. */
import type { z } from 'zod'
import { ERROR_CODES, type ErrorCode } from '../lib/errors.js'

/** The contract's own checks word themselves so that they follow a field's name. */
export function describeIssues(issues: readonly z.core.$ZodIssue[]): { code: ErrorCode; message: string } {
  const [issue] = issues
  if (!issue) return { code: 'BAD_ARGUMENT', message: 'The arguments are wrong.' }
  const where = issue.path.length > 0 ? issue.path.map(String).join('.') : 'The argument'
  return { code: codeOf(issue), message: `${where} ${wording(issue)}.` }
}

function codeOf(issue: z.core.$ZodIssue): ErrorCode {
  const code = issue.code === 'custom' ? issue.params?.code : undefined
  return ERROR_CODES.find((known) => known === code) ?? 'BAD_ARGUMENT'
}

function wording(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('is ') || issue.message.startsWith('has ')) return issue.message
  if (issue.code === 'invalid_type') return `must be ${article(issue.expected)}`
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}`
  return 'is not valid'
}

function article(type: string): string {
  const noun = type === 'int' ? 'integer' : type
  return /^[aeiou]/.test(noun) ? `an ${noun}` : `a ${noun}`
}
