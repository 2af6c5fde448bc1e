/** The page's entry: styles, language, bridge, interface. */
import '@fontsource-variable/inter/opsz.css'
import './styles/app.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app/app.js'
import { language } from './lib/strings.js'
import { startState } from './state/start.js'

document.documentElement.lang = language
startState()

const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>
  )
