
(function () {
  'use strict';

  var contents = document.getElementById('contents');
  var narrow = window.matchMedia('screen and (max-width: 1000px)');
  function fold() { contents.open = !narrow.matches; }
  fold();
  narrow.addEventListener('change', fold);
  contents.addEventListener('click', function (event) {
    if (narrow.matches && event.target.closest('a')) { contents.open = false; }
  });

  var records = document.getElementById('records');
  if (!records) { return; }
  var data = JSON.parse(records.textContent);
  var figures = document.querySelectorAll('#page [data-door]');

  function order() {
    return data.leaves.map(function (leaf) { return leaf.path; });
  }
  // The page makes room for the drawer; what was clicked stays where it was.
  var clicked = null;
  document.addEventListener('click', function (event) {
    var anchor = event.target.closest && event.target.closest('#page a[data-door]');
    if (anchor) { clicked = anchor; }
  }, true);
  function mark(door) {
    var before = clicked && clicked.getBoundingClientRect().top;
    document.body.classList.toggle('beside', door !== '');
    Array.prototype.forEach.call(figures, function (figure) {
      figure.classList.toggle('current', figure.getAttribute('data-door') === door);
    });
    if (clicked) {
      window.scrollBy({ top: clicked.getBoundingClientRect().top - before, behavior: 'instant' });
    }
  }
  Drawer(data, { order: order, mark: mark }).show();
}());
