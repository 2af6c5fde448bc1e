/** What the documents point at is there. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
const documents = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)]

it.each(documents.filter((name) => name.endsWith('.md')))('%s names only files that exist', (name) => {
  const text = readFileSync(join(root, name), 'utf8')
  const inCode = [...text.matchAll(/`((?:tests|src-[a-z]+|build|docs|\.ci)\/[\w./-]+)`/g)].map((match) => match[1])
  const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map((match) => join(name, '..', match[1] as string))
  const missing = [...inCode, ...links].filter((path) => !existsSync(join(root, path as string)))
  expect(missing).toEqual([])
})
