// Sets the colour scheme before the first paint. A file of its own, as the content security policy allows no inline script.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('tensormark-colour-scheme');
  } catch {
    // Storage may be closed to us; the system's preference is then all there is.
  }
  var dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
