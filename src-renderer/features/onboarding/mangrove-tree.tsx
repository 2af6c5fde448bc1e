/** The picture of the first page: the mark, grown up and standing in the water. */
import { useId } from 'react'

/** Centre and radii of each tuft; together they are the crown. */
const TUFTS = [
  [260, 112, 92, 66],
  [176, 140, 84, 62],
  [344, 140, 84, 62],
  [108, 188, 76, 52],
  [412, 188, 76, 52],
  [260, 176, 120, 64],
  [166, 214, 66, 36],
  [354, 214, 66, 36],
  [230, 226, 62, 32],
  [292, 226, 62, 32]
] as const

const LEAF_LINES = [
  'M62 176c8-22 28-34 50-32',
  'M116 118c10-24 34-38 60-36',
  'M206 78c16-18 46-24 72-14',
  'M330 92c24-2 48 10 60 32',
  'M404 146c24 0 44 14 50 36',
  'M148 190c14-18 42-24 64-12',
  'M240 160c18-12 44-10 58 4',
  'M316 196c18-14 44-14 60 2'
]

const BRANCHES = [
  { d: 'M259 322C246 288 214 266 184 232', width: 9 },
  { d: 'M261 322C274 288 306 266 336 232', width: 9 },
  { d: 'M258 292C250 274 236 258 222 240', width: 6 },
  { d: 'M261 296C270 276 282 262 296 244', width: 6 }
]

/** The left half of the prop roots; the right one mirrors it. */
const ROOTS = [
  { d: 'M259 330C212 330 178 388 170 520', width: 9 },
  { d: 'M258 306C172 304 112 372 100 520', width: 7.5 },
  { d: 'M259 358C238 366 223 418 219 520', width: 7 },
  { d: 'M152 348C112 374 66 424 54 520', width: 5 },
  { d: 'M196 362C164 398 144 448 138 520', width: 4.5 }
]

/** Thick where the roots leave it, thinner up into the crown and down into the ground. */
const TRUNK = 'M251 210C253 262 253 290 252 330L255 526a5 5 0 0 0 10 0L268 330C267 290 267 262 269 210Z'
const WATER = 452

const RIPPLES = ['M6 452h508', 'M38 476h96M176 476h54M290 476h128', 'M84 500h64M204 500h120M376 500h78']

export function MangroveTree() {
  const id = useId()
  return (
    // biome-ignore lint/a11y/noSvgWithoutTitle: a picture beside the words
    <svg viewBox="0 20 520 520" className="max-h-[560px] w-full max-w-[480px]" fill="none">
      <clipPath id={`${id}above`}>
        <rect width="520" height={WATER} />
      </clipPath>
      <clipPath id={`${id}below`}>
        <rect y={WATER} width="520" height="100" />
      </clipPath>
      <g className="stroke-line-strong" strokeWidth="1.5" strokeLinecap="round">
        {RIPPLES.map((ripple) => (
          <path key={ripple} d={ripple} />
        ))}
      </g>
      <g clipPath={`url(#${id}below)`} className="opacity-35">
        <Wood />
      </g>
      <g clipPath={`url(#${id}above)`}>
        <Wood />
      </g>
      {TUFTS.map(([cx, cy, rx, ry]) => (
        <ellipse key={`${cx} ${cy}`} cx={cx} cy={cy} rx={rx} ry={ry} className="fill-accent" />
      ))}
      <g className="stroke-side opacity-30" strokeWidth="3" strokeLinecap="round">
        {LEAF_LINES.map((line) => (
          <path key={line} d={line} />
        ))}
      </g>
    </svg>
  )
}

function Wood() {
  return (
    <g className="stroke-accent" strokeLinecap="round">
      <path d={TRUNK} className="fill-accent stroke-none" />
      {BRANCHES.map(({ d, width }) => (
        <path key={d} d={d} strokeWidth={width} />
      ))}
      <Roots />
      <g transform="matrix(-1 0 0 1 520 0)">
        <Roots />
      </g>
    </g>
  )
}

function Roots() {
  return ROOTS.map(({ d, width }) => <path key={d} d={d} strokeWidth={width} />)
}
