
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
  var near = [];
  all('.with').forEach(function (block, number) { block.id = 'w' + number; });
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

  // The note that one came for lies over the others, beside the very number.
  var front = null;
  function place() {
    if (!front) { return; }
    var note = front.note;
    note.style.top = '';
    if (!wide.matches) { return; }
    var chunk = note.closest('.chunk').getBoundingClientRect();
    var top = front.badge.getBoundingClientRect().top - 6;
    top = Math.max(Math.min(top, chunk.bottom - note.offsetHeight - 8), chunk.top);
    note.style.top = top - note.parentElement.getBoundingClientRect().top + 'px';
  }
  function putBack() {
    if (!front) { return; }
    front.note.classList.remove('front');
    front.note.style.top = '';
    front = null;
  }
  function putFirst(note, badge) {
    putBack();
    if (!badge || !note.parentElement.classList.contains('with')) { return; }
    front = { note: note, badge: badge };
    note.classList.add('front');
    note.style.marginTop = '';
    place();
  }

  // Beside a long table each note goes down to its row, when the table comes near.
  var wide = window.matchMedia('screen and (min-width: 1181px)');
  function align(block) {
    var beside = all('#' + block.id + ' > .note:not([hidden]):not(.front)');
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
  function alignAll() { near.forEach(align); place(); }
  if (window.IntersectionObserver) {
    var watch = new IntersectionObserver(function (seen) {
      seen.forEach(function (each) {
        if (each.isIntersecting && near.indexOf(each.target) < 0) {
          near.push(each.target);
          align(each.target);
        }
      });
    }, { rootMargin: '1500px 0px' });
    all('.with').forEach(function (block) {
      if (block.querySelector('table')) { watch.observe(block); }
    });
  }
  window.addEventListener('resize', alignAll);

  boxes.concat([group, state]).forEach(function (each) { each.addEventListener('change', filter); });
  document.getElementById('clear').addEventListener('click', function () {
    boxes.forEach(function (box) { box.checked = true; });
    group.value = '';
    filter();
  });

  // A finding is shown at all its places at once: in the list, in the text, in the margin.
  function choose(number) {
    putBack();
    all('.on').forEach(function (each) { each.classList.remove('on'); });
    if (!number) { return; }
    all('mark[data-f~="' + number + '"], .note[data-n="' + number + '"], li[data-l="' + number + '"]')
      .forEach(function (each) { each.classList.add('on'); });
    var line = document.querySelector('li.on');
    if (line && !narrow.matches) { line.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }
  }
  // The note comes into view whole, if the window has room for it; with it the number.
  function open(badge, note) {
    choose(note.dataset.n);
    if (note.hidden) { return; }
    putFirst(note, badge);
    function show() {
      place();
      if (wide.matches && badge) { badge.scrollIntoView({ block: 'nearest', behavior: 'instant' }); }
      var high = note.getBoundingClientRect().height > window.innerHeight - 110;
      note.scrollIntoView({ block: high ? 'start' : 'nearest', behavior: 'instant' });
    }
    settle(show);
  }
  // Parts of a long page are laid out only when they come near, and move what is below.
  function settle(show) {
    var times = 4;
    (function again() {
      show();
      times -= 1;
      if (times) { requestAnimationFrame(again); }
    }());
  }
  function noteOf(badge) { return document.getElementById(badge.getAttribute('href').slice(1)); }
  var fromNote = false;
  function address() {
    var found = /^#([pf])(\d+)-(\d+)$/.exec(location.hash);
    if (!found) { choose(''); return; }
    var badge = document.getElementById('p' + found[2] + '-' + found[3]);
    var note = found[1] === 'f' ? document.getElementById(location.hash.slice(1)) : badge && noteOf(badge);
    if (fromNote && !wide.matches && badge) {
      choose(found[2]);
      settle(function () { badge.scrollIntoView({ block: 'center', behavior: 'instant' }); });
    } else if (note) { open(badge, note); } else { choose(found[2]); }
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
      fromNote = Boolean(link.closest('.note'));
      if (narrow.matches && target.closest('.side')) { list.open = false; }
      if (link.classList.contains('b') && noteOf(link)) {
        event.preventDefault();
        if (history.pushState) { history.pushState(null, '', link.getAttribute('href')); }
        open(link, noteOf(link));
      } else if (link.getAttribute('href') === location.hash) { address(); }
      return;
    }
    var note = target.closest('.note');
    var mark = target.closest('mark');
    if (note) { choose(note.dataset.n); return; }
    if (!mark) { return; }
    var number = mark.dataset.f.split(' ')[0];
    var block = mark.closest('.with');
    var badge = block && block.querySelector('.b[data-b="' + number + '"]');
    if (badge && noteOf(badge)) { open(badge, noteOf(badge)); } else { choose(number); }
  });
  filter();
  address();
}());
