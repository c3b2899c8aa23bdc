// #ifdef H5
/** In a browser uni-app's fields keep their label from the real field inside, and its buttons are no buttons to a reader: both are told. */
export function handLabelsOn() {
  new MutationObserver(handOn).observe(document.body, { childList: true, subtree: true, attributeFilter: ['aria-label'] })
}

function handOn() {
  document.querySelectorAll('uni-input[aria-label], uni-textarea[aria-label]').forEach((outer) => {
    const field = outer.querySelector('input, textarea')
    if (!field) return
    field.setAttribute('aria-label', outer.getAttribute('aria-label') ?? '')
    outer.removeAttribute('aria-label')
  })
  document.querySelectorAll('uni-button:not([role])').forEach((button) => button.setAttribute('role', 'button'))
  // A picture that is a button is named as a button.
  document.querySelectorAll('uni-image img:not([alt])').forEach((img) => {
    const outer = img.closest('uni-image')
    img.setAttribute('alt', outer?.hasAttribute('role') ? '' : (outer?.getAttribute('aria-label') ?? ''))
  })
}
// #endif
