/** Import this first: texts and dates are then English, whatever this machine speaks. */
Object.defineProperty(globalThis, 'navigator', { value: { languages: ['en-GB'] }, configurable: true })
