/** A member that the double does not have throws, so that no test passes on something that never happened. */

const QUIET = new Set<PropertyKey>(['then', 'toJSON', 'domain'])

export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key) {
      if (!(key in object) && typeof key === 'string' && !QUIET.has(key))
        throw new Error(`the double has no ${name}.${key}`)
      const value = Reflect.get(object, key, object)
      return typeof value === 'function' ? value.bind(object) : value
    },
    has: (object, key) => key in object
  })
}

/** An Electron event that listeners may prevent. */
export function preventable(): { preventDefault(): void; readonly defaultPrevented: boolean } {
  let prevented = false
  return {
    preventDefault: () => {
      prevented = true
    },
    get defaultPrevented() {
      return prevented
    }
  }
}
