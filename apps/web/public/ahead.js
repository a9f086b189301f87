// Asks for what the first page begins with while the pages themselves are still on their way, and has their files fetched,
// for whoever was signed in here last; api/ahead.ts takes the answers. A file of its own, as the content security policy
// allows no inline script.
(function () {
  var self = document.currentScript;
  var role = null;
  try {
    role = localStorage.getItem('tensormark-signed-in');
  } catch {
    // Storage may be closed to us; everything is then asked for in its turn.
  }
  var path = location.pathname;
  if (role === null || path === '/sign-in' || path === '/arrived') return;

  // The frame is shown to those who will see it.
  document.documentElement.setAttribute('data-frame', '');

  var asked = {};
  function ask(address) {
    asked[address] = fetch(address, {
      credentials: 'same-origin',
      headers: { accept: 'application/json, application/problem+json' },
    }).catch(function () {
      return null;
    });
  }
  ask('/api/v1/me');
  if (['/', '/exams', '/marking', '/examining'].indexOf(path) >= 0) ask('/api/v1/exams');
  window.tensormarkAhead = asked;

  // The build writes them here, by role.
  var files = self.getAttribute('data-' + role);
  (files === null ? [] : files.split(' ')).forEach(function (file) {
    var link = document.createElement('link');
    var isStyle = file.endsWith('.css');
    link.rel = isStyle ? 'preload' : 'modulepreload';
    if (isStyle) link.as = 'style';
    // As they are fetched later, or it would be for nothing.
    link.crossOrigin = '';
    link.href = file;
    document.head.append(link);
  });
})();
