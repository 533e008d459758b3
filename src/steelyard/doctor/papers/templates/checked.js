
(function () {
  'use strict';

  function all(selector) { return Array.prototype.slice.call(document.querySelectorAll(selector)); }
  var lines = all('li[data-l]');
  var notes = all('.note');
  var badges = all('.b');
  var marks = all('mark');
  var boxes = all('input[name=severity]');
  var group = document.getElementById('group');
  var state = document.getElementById('state');
  var count = document.getElementById('count');
  var none = document.getElementById('none');
  var narrow = window.matchMedia('screen and (max-width: 860px)');

  function filter() {
    var shown = {};
    var wanted = {};
    var total = 0;
    boxes.forEach(function (box) { wanted[box.value] = box.checked; });
    lines.forEach(function (line) {
      var yes = wanted[line.dataset.s] && (!group.value || group.value === line.dataset.g);
      line.hidden = !yes;
      shown[line.dataset.l] = yes;
      total += yes ? 1 : 0;
    });
    all('.side ol').forEach(function (list) {
      var empty = !list.querySelector('li:not([hidden])');
      list.hidden = empty;
      list.previousElementSibling.hidden = empty;
    });
    notes.forEach(function (note) { note.hidden = !shown[note.dataset.n]; });
    badges.forEach(function (badge) { badge.hidden = !shown[badge.dataset.b]; });
    marks.forEach(function (mark) {
      mark.classList.toggle('off', !mark.dataset.f.split(' ').some(function (n) { return shown[n]; }));
    });
    count.textContent = total === lines.length ? total + '处' : total + ' / ' + lines.length + '处';
    none.hidden = total > 0 || lines.length === 0;
    alignAll();
    if (state.value) { document.body.dataset.state = state.value; } else { delete document.body.dataset.state; }
  }

  // Beside a long table each note goes down to its row, when the table comes near.
  var wide = window.matchMedia('screen and (min-width: 1181px)');
  var near = [];
  function align(block) {
    var beside = all('#' + block.id + ' > .note:not([hidden])');
    beside.forEach(function (note) { note.style.marginTop = ''; });
    if (!wide.matches) { return; }
    var top = block.getBoundingClientRect().top;
    var found = beside.map(function (note) {
      var badge = document.getElementById(note.id.replace('f', 'p'));
      return [note, badge.getBoundingClientRect().top - top, note.offsetHeight];
    });
    var below = 0;
    found.forEach(function (each) {
      var gap = Math.max(each[1] - 6 - below, 2);
      each[0].style.marginTop = gap + 'px';
      below += gap + each[2] + 10;
    });
  }
  function alignAll() { near.forEach(align); }
  if (window.IntersectionObserver) {
    var watch = new IntersectionObserver(function (seen) {
      seen.forEach(function (each) {
        if (each.isIntersecting && near.indexOf(each.target) < 0) {
          near.push(each.target);
          align(each.target);
        }
      });
    }, { rootMargin: '1500px 0px' });
    all('.with').forEach(function (block, number) {
      if (block.querySelector('table')) {
        block.id = 'w' + number;
        watch.observe(block);
      }
    });
    window.addEventListener('resize', alignAll);
  }

  boxes.concat([group, state]).forEach(function (each) { each.addEventListener('change', filter); });
  document.getElementById('clear').addEventListener('click', function () {
    boxes.forEach(function (box) { box.checked = true; });
    group.value = '';
    filter();
  });

  // A finding is shown at all its places at once: in the list, in the text, in the margin.
  function choose(number) {
    all('.on').forEach(function (each) { each.classList.remove('on'); });
    if (!number) { return; }
    all('mark[data-f~="' + number + '"], .note[data-n="' + number + '"], li[data-l="' + number + '"]')
      .forEach(function (each) { each.classList.add('on'); });
    var line = document.querySelector('li.on');
    if (line && !narrow.matches) { line.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }
  }
  function address() {
    var found = /^#[pf](\d+)-\d+$/.exec(location.hash);
    choose(found ? found[1] : '');
  }
  window.addEventListener('hashchange', address);

  var list = document.getElementById('list');
  function fold() { list.open = !narrow.matches; }
  fold();
  narrow.addEventListener('change', fold);

  document.addEventListener('click', function (event) {
    var target = event.target;
    if (!target.closest) { return; }
    var link = target.closest('a');
    if (link) {
      if (narrow.matches && target.closest('.side')) { list.open = false; }
      if (link.getAttribute('href') === location.hash) { address(); }
      return;
    }
    var note = target.closest('.note');
    var mark = target.closest('mark');
    if (note) { choose(note.dataset.n); } else if (mark) { choose(mark.dataset.f.split(' ')[0]); }
  });
  filter();
  address();
}());
