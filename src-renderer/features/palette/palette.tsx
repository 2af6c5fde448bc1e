import { Link, LogOut, PanelRight, Plus, Search, UserPlus } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useState } from 'react'
import { useRoom, useRooms } from '../../state/rooms.js'
import { closeDialog, useView } from '../../state/view.js'
import { Avatar } from '../../ui/avatar.js'
import { cx } from '../../ui/cx.js'
import { DialogFrame } from '../../ui/dialog.js'
import { Keys } from '../../ui/keys.js'
import { RootsGlyph } from '../../ui/roots-glyph.js'
import { type ActionIcon, type Entry, entriesFor } from './entries.js'
import { t } from './strings.js'

/** One box that leads to every room and to everything that can be done. */
export default function Palette() {
  const rooms = useRooms((state) => state.rooms)
  const open = useRoom(useView((state) => state.roomId))
  const [query, setQuery] = useState('')
  const [index, setIndex] = useState(0)
  const entries = useMemo(() => entriesFor(rooms, open, query), [rooms, open, query])
  const chosen = entries[Math.min(index, entries.length - 1)]
  const listId = useId()

  function run(entry: Entry | undefined) {
    if (!entry) return
    closeDialog()
    entry.run()
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && entries.length > 0) {
      event.preventDefault()
      setIndex((Math.min(index, entries.length - 1) + step + entries.length) % entries.length)
    }
    if (event.key === 'Enter') {
      event.preventDefault()
      run(chosen)
    }
  }

  return (
    <DialogFrame onClose={closeDialog} className="flex w-140 flex-col overflow-hidden">
      <Radix.Title className="sr-only">{t.title}</Radix.Title>
      <Radix.Description className="sr-only">{t.placeholder}</Radix.Description>
      <div className="flex h-[51px] shrink-0 items-center gap-3 border-b border-line px-5">
        <Search size={17} className="shrink-0 text-text-2" aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.id}`}
          aria-label={t.placeholder}
          placeholder={t.placeholder}
          autoComplete="off"
          spellCheck={false}
          value={query}
          onKeyDown={onKeyDown}
          onChange={(event) => {
            setQuery(event.target.value)
            setIndex(0)
          }}
          className="min-w-0 flex-1 bg-transparent text-[16px] outline-none"
        />
        <Keys>Esc</Keys>
      </div>
      <div id={listId} role="listbox" aria-label={t.title} className="min-h-0 flex-1 overflow-y-auto p-2 pt-1">
        {entries.length === 0 && <p className="px-3 py-5 text-text-2">{t.nothing}</p>}
        {entries.map((entry, at) => (
          <Option
            key={entry.id}
            id={`${listId}-${entry.id}`}
            entry={entry}
            title={entries[at - 1]?.kind === entry.kind ? null : sectionTitle(entry)}
            chosen={entry === chosen}
            onPoint={() => setIndex(at)}
            onRun={() => run(entry)}
          />
        ))}
      </div>
      <p className="flex h-9 shrink-0 items-center gap-4 border-t border-line px-5 text-small text-text-2" aria-hidden>
        <span>↑↓ {t.choose}</span>
        <span>↵ {t.open}</span>
      </p>
    </DialogFrame>
  )
}

function sectionTitle({ kind }: Entry): string {
  return kind === 'room' ? t.rooms : t.actions
}

interface OptionProps {
  id: string
  entry: Entry
  /** Above the first of its kind. */
  title: string | null
  chosen: boolean
  onPoint(): void
  onRun(): void
}

function Option({ id, entry, title, chosen, onPoint, onRun }: OptionProps) {
  useEffect(() => {
    if (chosen) document.getElementById(id)?.scrollIntoView({ block: 'nearest' })
  }, [chosen, id])
  return (
    <>
      {title && <p className="px-3 pt-2 pb-1 text-small font-medium text-text-2">{title}</p>}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box above has the keys */}
      <div
        id={id}
        role="option"
        tabIndex={-1}
        aria-selected={chosen}
        onClick={onRun}
        onPointerMove={onPoint}
        className={cx('flex items-center gap-3 rounded-m px-3', chosen && 'bg-accent-soft', heightOf(entry))}
      >
        {entry.kind === 'room' ? <RoomOption entry={entry} /> : <ActionOption entry={entry} />}
      </div>
    </>
  )
}

function heightOf({ kind }: Entry): string {
  return kind === 'room' ? 'h-[46px]' : 'h-9'
}

function RoomOption({ entry }: { entry: Extract<Entry, { kind: 'room' }> }) {
  return (
    <>
      <Avatar id={entry.id} name={entry.title} kind="room" size={28} />
      <span className="min-w-0 flex-1">
        <bdi className="block truncate leading-[18px] font-semibold">{entry.title}</bdi>
        <span className="block text-small text-text-2">{t.people(entry.room.members)}</span>
      </span>
    </>
  )
}

const ICONS: Record<ActionIcon, ReactNode> = {
  start: <Plus size={17} />,
  join: <Link size={16} />,
  invite: <UserPlus size={16} />,
  root: <RootsGlyph count={3} size={17} />,
  details: <PanelRight size={16} />,
  leave: <LogOut size={16} />
}

function ActionOption({ entry }: { entry: Extract<Entry, { kind: 'action' }> }) {
  return (
    <>
      <span className="flex w-7 justify-center text-text-2" aria-hidden>
        {ICONS[entry.icon]}
      </span>
      <span className="min-w-0 flex-1 truncate">{entry.title}</span>
    </>
  )
}
