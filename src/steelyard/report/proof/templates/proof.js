
(function () {
  'use strict';

  var data = JSON.parse(document.getElementById('records').textContent);
  var byId = function (id) { return document.getElementById(id); };
  var each = function (list, deed) { Array.prototype.forEach.call(list, deed); };

  // The sentence of a check stands in its table, once.
  var told = {};
  each(document.querySelectorAll('.checks tbody tr'), function (row) {
    told[row.querySelector('[data-door]').getAttribute('data-door')] = row.cells[1].textContent;
  });
  data.checks.forEach(function (check) { check.sentence = told[check.door]; });

  function shownLeaves() {
    var paths = [];
    each(document.querySelectorAll('tr.leaf'), function (row) {
      if (!row.hidden) { paths.push(row.getAttribute('data-path')); }
    });
    return paths;
  }
  function mark(door) {
    each(document.querySelectorAll('tr.leaf'), function (row) {
      var here = row.getAttribute('data-path') === door;
      row.classList.toggle('current', here);
      if (here && !row.hidden) {
        var box = row.getBoundingClientRect();
        if (box.top < 110 || box.bottom > window.innerHeight) {
          window.scrollTo(0, window.scrollY + box.top - 170);
        }
      }
    });
  }
  var drawer = Drawer(data, { order: shownLeaves, mark: mark });

  document.addEventListener('keydown', function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === '/') { event.preventDefault(); byId('search').focus(); }
  });

  // ----------------------------------------------------------------- filters

  var rows = document.querySelectorAll('tr.leaf');
  var wanted = 'all';

  function merge() {
    var heads = {};
    each(rows, function (row) {
      if (row.hidden) { return; }
      each(row.querySelectorAll('th.level'), function (cell, index) {
        var group = cell.getAttribute('data-group');
        var head = heads[index];
        if (head && head.getAttribute('data-group') === group) {
          head.rowSpan += 1;
          cell.hidden = true;
        } else {
          cell.hidden = false;
          cell.rowSpan = 1;
          heads[index] = cell;
        }
      });
      Object.keys(heads).forEach(function (index) {
        if (index >= row.querySelectorAll('th.level').length) { delete heads[index]; }
      });
    });
  }
  function filter() {
    var word = byId('search').value.trim().toLowerCase();
    var count = 0;
    each(rows, function (row) {
      var text = row.getAttribute('data-path') + row.textContent;
      var fits = (wanted === 'all' || row.hasAttribute('data-' + wanted)) &&
        (!word || text.toLowerCase().indexOf(word) >= 0);
      row.hidden = !fits;
      count += fits ? 1 : 0;
    });
    merge();
    byId('count').textContent = count === rows.length ? '' : '显示' + count + '项，共' + rows.length + '项';
    drawer.refresh();
  }
  function press(buttons, pressed) {
    each(buttons, function (button) {
      button.setAttribute('aria-pressed', button === pressed ? 'true' : 'false');
    });
  }
  function live(input, deed) {
    input.addEventListener('input', function (event) { if (!event.isComposing) { deed(); } });
    input.addEventListener('compositionend', deed);
  }
  var filters = document.querySelectorAll('[data-filter]');
  each(filters, function (button) {
    button.addEventListener('click', function () {
      wanted = button.getAttribute('data-filter');
      press(filters, button);
      filter();
    });
  });
  live(byId('search'), filter);

  var stateWanted = 'all';
  var checkRows = document.querySelectorAll('.checks tbody tr');
  function filterChecks() {
    var word = byId('check-search').value.trim().toLowerCase();
    var kind = byId('check-kind').value;
    each(checkRows, function (row) {
      row.hidden = !((stateWanted === 'all' || row.getAttribute('data-state') === stateWanted) &&
        (!kind || row.getAttribute('data-kind') === kind) &&
        (!word || row.textContent.toLowerCase().indexOf(word) >= 0));
    });
    var holding = byId('checks-that-hold');
    var reading = byId('checks-to-read');
    if (holding) {
      holding.hidden = stateWanted !== 'all' && stateWanted !== 'holds';
      if (stateWanted === 'holds' || word) { holding.open = true; }
    }
    if (reading) { reading.hidden = stateWanted === 'holds'; }
  }
  var states = document.querySelectorAll('[data-check]');
  each(states, function (button) {
    button.addEventListener('click', function () {
      stateWanted = button.getAttribute('data-check');
      press(states, button);
      filterChecks();
    });
  });
  byId('check-kind').addEventListener('change', filterChecks);
  live(byId('check-search'), filterChecks);

  // ------------------------------------------------------------------- print

  byId('print-all').addEventListener('click', function () {
    var place = byId('appendix');
    place.textContent = '';
    drawer.put(place, drawer.make('h2', '', '各项依据'));
    shownLeaves().forEach(function (path) {
      var made = drawer.leafView(path);
      var proof = drawer.make('article', 'proof',
        drawer.make('p', 'crumbs', made.crumbs), drawer.make('h2', '', made.title), made.parts);
      each(proof.querySelectorAll('details'), function (fold) {
        // A long list of rows stays on the screen.
        fold.open = !fold.classList.contains('rows-fold') || fold.querySelectorAll('tbody tr').length <= 12;
      });
      drawer.put(place, proof);
    });
    place.hidden = false;
    window.print();
  });
  window.addEventListener('afterprint', function () {
    byId('appendix').hidden = true;
    byId('appendix').textContent = '';
  });

  each(document.querySelectorAll('.needs-script'), function (one) { one.hidden = false; });
  drawer.show();
}());
