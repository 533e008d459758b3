
// The drawer: what stands behind a number, laid out from the records of the page.
// `page` says in which order leaves follow each other, `order()`, and marks in
// the page what is open, `mark(door)`; nothing is open when the door is ''.
function Drawer(data, page) {
  'use strict';

  var byId = function (id) { return document.getElementById(id); };
  var each = function (list, deed) { Array.prototype.forEach.call(list, deed); };
  var drawer = byId('drawer');
  var leaves = {};
  data.leaves.forEach(function (leaf) { leaves[leaf.path] = leaf; });
  var levels = {};
  data.levels.forEach(function (level) { levels[level.path] = level; });
  var checks = {};
  data.checks.forEach(function (check) {
    checks[check.door] = check;
    check.of = data.claims[check.claim];
  });

  // Elements are made from text alone, so no word of the records can become markup.
  function make(tag, kind) {
    var element = document.createElement(tag);
    if (kind) { element.className = kind; }
    for (var i = 2; i < arguments.length; i += 1) { put(element, arguments[i]); }
    return element;
  }
  function put(element, part) {
    if (part === null || part === undefined || part === '') { return; }
    if (Array.isArray(part)) { part.forEach(function (one) { put(element, one); }); return; }
    element.appendChild(part.nodeType ? part : document.createTextNode(String(part)));
  }
  function address(door) { return '#' + door.split('/').map(encodeURIComponent).join('/'); }
  function link(door, text) {
    var anchor = make('a', 'door', text);
    anchor.href = address(door);
    anchor.setAttribute('data-door', door);
    return anchor;
  }
  function last(path) { return path.split('/').pop(); }
  function heading(text) { return make('h3', '', text); }
  function tag(text, open) { return make('span', open ? 'tag open' : 'tag', text); }
  function mark(text) { return make('span', 'mark', text); }
  function sheet(pairs) {
    var list = make('dl', 'sheet');
    pairs.forEach(function (pair) {
      if (!pair[1] || (Array.isArray(pair[1]) && !pair[1].length)) { return; }
      put(list, [make('dt', '', pair[0]), make('dd', '', pair[1])]);
    });
    return list.childNodes.length ? list : null;
  }
  function table(kind, titles, rows) {
    var head = make('tr');
    titles.forEach(function (title) {
      var cell = make('th', title.num ? 'num' : '', title.text || title);
      cell.scope = 'col';
      head.appendChild(cell);
    });
    var body = make('tbody');
    rows.forEach(function (row) {
      var line = make('tr', row.kind || '');
      (row.cells || row).forEach(function (content, index) {
        var cell = make('td', titles[index].num ? 'num' : '', content);
        cell.setAttribute('data-label', titles[index].text || titles[index]);
        line.appendChild(cell);
      });
      body.appendChild(line);
    });
    return make('table', 'mini ' + kind, make('thead', '', head), body);
  }
  function lines(list) {
    return list.map(function (text) { return make('span', 'line', text); });
  }
  function originLines(origin) {
    var parts = [];
    var way = [origin[0], origin[1]].filter(Boolean).join(' › ');
    if (way) { parts.push(make('span', 'line', way)); }
    if (origin[2]) { parts.push(make('span', 'quote', '“' + origin[2] + '”')); }
    if (origin[3]) { parts.push(make('span', 'record', origin[3])); }
    return parts.length ? parts : '（没有写明）';
  }

  // ------------------------------------------------------------- derivations

  function rowDoor(name, key) { return '表:' + name + '[' + key + ']'; }
  function rowOf(name, key) {
    var known = data.tables[name];
    return known && known.rows.filter(function (row) { return row.key === key; })[0];
  }
  function rowTable(name, keys, columns) {
    var known = data.tables[name];
    if (!known) { return make('p', 'error', '✕ 表“' + name + '”未提供'); }
    var wanted = known.columns.filter(function (column) {
      return columns.indexOf(column) >= 0 || column === '名称';
    });
    var titles = [known.columns[0]].concat(wanted.filter(function (column) {
      return column !== known.columns[0];
    }), ['出处']);
    var rows = keys.map(function (key) {
      var row = rowOf(name, key);
      if (!row) { return titles.map(function (_, i) { return i ? '' : key; }); }
      return titles.map(function (title, index) {
        if (index === 0) { return link(rowDoor(name, key), key); }
        if (index === titles.length - 1) {
          return [row.place, make('span', 'record', row.record)];
        }
        return row.cells[known.columns.indexOf(title)];
      });
    });
    return table('', titles, rows);
  }
  function tableFold(step, opened) {
    var known = data.tables[step.table];
    var of = known ? '（全表' + known.rows.length + '行）' : '';
    var fold = make('details', 'rows-fold',
      make('summary', '', step.counted + '：' + step.rows.length + '行' + of));
    if (opened && step.rows.length && step.rows.length <= 12) { fold.open = true; }
    if (step.rows.length) { put(fold, rowTable(step.table, step.rows, step.columns)); }
    return fold;
  }
  function stepLine(step, kind) {
    var line = make(kind, 'step');
    if (step.mark) { put(line, mark(step.mark)); }
    put(line, step.door ? link(step.door, step.says) : step.says);
    if (step.figures) { put(line, [make('span', 'eq', '='), step.figures]); }
    if (step.value !== step.says) {
      put(line, [make('span', 'eq', /不?成立/.test(step.value) ? '：' : step.value.startsWith('≈') ? '' : '='),
        make('span', 'value', step.value)]);
    }
    if (step.again) { put(line, make('span', 'again', '（已列于上）')); }
    return line;
  }
  function sizes(number, found) {
    var step = data.steps[number];
    found.steps += 1;
    if (step.table) { found.tables += 1; }
    (step.below || []).forEach(function (n) { sizes(n, found); });
    return found;
  }
  function branch(number, depth, all) {
    var step = data.steps[number];
    var item = make('li');
    if (step.below) {
      var fold = make('details', '', stepLine(step, 'summary'));
      fold.open = depth < 2 || all.steps <= 30;
      put(fold, make('ul', '', step.below.map(function (n) { return branch(n, depth + 1, all); })));
      put(item, fold);
    } else {
      put(item, stepLine(step, 'div'));
    }
    if (step.table) { put(item, tableFold(step, all.tables === 1)); }
    return item;
  }
  function tree(number) {
    return make('ul', 'tree', branch(number, 0, sizes(number, { steps: 0, tables: 0 })));
  }

  // ------------------------------------------------------------------ pieces

  function effectText(effect) {
    if (!effect || effect.total === undefined) { return ''; }
    if (effect.change === '无法计分') { return '改取后无法计分'; }
    if (effect.change === '不变') { return '改取后总分不变（' + effect.total + '分，' + effect.grade + '）'; }
    var said = '改取后总分' + effect.total + '分（' + effect.change + '），等级' + effect.grade;
    if (data.total.grade && effect.grade !== data.total.grade) { said += '，▲ 等级改变'; }
    var moved = effect.leaves.map(function (one) {
      return last(one[0]) + ' ' + one[1] + '→' + one[2];
    });
    return moved.length ? said + '；' + moved.join('，') : said;
  }
  function conflictCard(place) {
    var one = data.conflicts[place];
    return make('div', 'card',
      make('p', 'ask', link(one.door, one.target),
        tag(one.open ? '◇ 未决' : '✓ 已定', one.open), one.id ? tag(one.id) : ''),
      make('div', 'sides',
        make('div', 'used', '采用 ', make('b', '', one.adopted), originLines(one.from)),
        make('div', '', '另一来源 ', make('b', '', one.other), originLines(one.origin))),
      one.reason ? make('p', '', '理由：' + one.reason) : '',
      make('p', '', effectText(one.effect)));
  }
  function conflictList(places, title) {
    if (!places || !places.length) { return null; }
    return [heading(title + '（' + places.length + '）'), places.map(conflictCard)];
  }
  function readingCard(one) {
    var others = one.others.map(function (other) {
      return make('li', '', other.text, other.open ? tag('◇ 仍可', true) : '',
        one.idle ? '' : make('span', 'record', effectText(other.effect)));
    });
    return make('div', one.idle ? 'card idle' : 'card',
      make('p', 'ask', one.question, tag(one.by), one.idle ? tag('本次没有用到') : ''),
      make('p', '', '读法：' + one.use),
      one.why ? make('p', '', '理由：' + one.why) : '',
      others.length ? make('p', 'why', '其他读法：') : '',
      others.length ? make('ul', '', others) : '');
  }
  function factTable(names) {
    return table('wide', ['数据项', { text: '数值', num: true }, '出处'], names.map(function (name) {
      var fact = data.facts[name];
      var computed = fact.step !== undefined;
      return [[mark(computed ? '算' : '录'), name],
        link('数据:' + name, fact.amount + fact.unit),
        computed ? '由其他数据算出' : originLines(fact.origin)];
    }));
  }

  // ------------------------------------------------------------------- views

  function leafView(path) {
    var leaf = leaves[path];
    var parts = [
      make('p', 'worth',
        make('span', leaf.scored ? 'big' : 'big error', leaf.scored ? leaf.earned : '✕ ' + leaf.earned),
        make('span', '', '分值 ' + leaf.points + (leaf.scored ? '　扣 ' + leaf.lost : '')),
        leaf.published ? make('span', leaf.differs ? '' : 'why',
          '公布 ' + leaf.published + (leaf.differs ? '　≠ ' + leaf.differs : '（相同）')) : ''),
      make('p', 'reason', leaf.because)
    ];
    if (leaf.missing.length) {
      parts.push(heading('缺少'), make('ul', 'list-plain', leaf.missing.map(function (name) {
        return make('li', '', data.facts[name] ? link('数据:' + name, name) : name);
      })));
    }
    parts.push(heading('评分标准'), make('p', 'wording', leaf.wording),
      sheet([['指标说明', leaf.meaning], ['原文算式', leaf.stated],
        ['依据', lines(leaf.basis)], ['应附材料', lines(leaf.evidence)]]));
    parts.push(heading('计算'));
    if (leaf.equation) { parts.push(make('p', 'equation', leaf.equation)); }
    if (leaf.proof !== null) { parts.push(tree(leaf.proof)); }
    if (leaf.measure !== null) { parts.push(tree(leaf.measure)); }
    if (leaf.rounding) { parts.push(make('p', 'why', leaf.rounding + '。')); }
    if (leaf.facts.length) { parts.push(heading('数据（' + leaf.facts.length + '）'), factTable(leaf.facts)); }
    if (leaf.judged.length) {
      parts.push(heading('评判（' + leaf.judged.length + '）'),
        table('wide', ['要点', '结论', '理由', '证据'], leaf.judged.map(function (one) {
          var good = one.verdict === '符合' || one.verdict === '未发生' || one.verdict === '0处不符';
          return [[mark('判'), one.point + one.text], make('b', '', (good ? '✓ ' : '✕ ') + one.verdict), one.why,
            [one.evidence, one.record ? make('span', 'record', one.record) : '']];
        })));
    }
    var readings = leaf.readings.slice().sort(function (a, b) { return a.idle - b.idle; });
    if (readings.length) {
      parts.push(heading('口径（' + readings.length + '）'), readings.map(readingCard));
    }
    parts.push(conflictList(leaf.conflicts, '数据冲突'));
    return { title: last(path), crumbs: path.split('/').slice(0, -1).join(' › '), parts: parts };
  }
  function scoreRows(paths) {
    return table('', ['指标', { text: '分值', num: true }, { text: '得分', num: true }, { text: '扣分', num: true }],
      paths.map(function (path) {
        var leaf = leaves[path];
        return [last(path), leaf.points, link(path, leaf.earned), leaf.lost];
      }));
  }
  function levelView(path) {
    var level = levels[path];
    return {
      title: last(path), crumbs: path.split('/').slice(0, -1).join(' › ') || '层级得分',
      parts: [
        make('p', 'worth', make('span', 'big', level.earned),
          make('span', '', '分值 ' + level.points + '　得分率 ' + level.rate +
            (level.rate === '—' ? '　已得 ' + level.so_far : ''))),
        make('p', '', '得分为下列' + level.leaves.length + '项指标得分之和：'),
        scoreRows(level.leaves)
      ]
    };
  }
  function totalView() {
    var total = data.total;
    return {
      title: '总分', crumbs: '合计',
      parts: [
        make('p', 'worth', make('span', 'big', total.earned),
          make('span', '', '满分 ' + total.points + (total.grade ? '　等级 ' + total.grade : '　已得 ' + total.so_far))),
        make('p', '', total.how + '。'),
        sheet([['等级', total.grades.join('；')]]),
        heading('各项指标'), scoreRows(data.leaves.map(function (leaf) { return leaf.path; }))
      ]
    };
  }
  function checkLine(door) {
    var check = checks[door];
    return [make('span', check.error ? 'error' : '', check.mark + ' '), link(door, check.word), '　' + check.sentence];
  }
  function worstFirst(doors) {
    var rank = function (door) {
      return '✕？≈✓'.indexOf(checks[door].mark) * 2 - (checks[door].error ? 1 : 0);
    };
    return doors.slice().sort(function (a, b) { return rank(a) - rank(b); });
  }
  function checkList(doors) {
    if (!doors.length) { return null; }
    return [heading('相关核对（' + doors.length + '）'), make('ul', 'list-plain', worstFirst(doors).map(function (door) {
      return make('li', '', checkLine(door));
    }))];
  }
  function factView(name) {
    var fact = data.facts[name];
    var computed = fact.step !== undefined;
    var source = data.sources[fact.origin[0]];
    var parts = [
      make('p', 'worth', make('span', 'big', fact.amount + fact.unit),
        make('span', 'origin-mark', mark(computed ? '算' : '录'), computed ? '由其他数据算出' : (fact.amount === '缺' ? '应录入，还没有' : '从文件录入'))),
      sheet([['口径', fact.meaning], ['提供', fact.supplier], ['期间', fact.period], ['说明', fact.note]])
    ];
    if (computed) {
      parts.push(heading('计算'), tree(fact.step));
    } else if (fact.amount !== '缺' || fact.origin[3]) {
      parts.push(heading('出处'), sheet([
        ['文件', fact.origin[0] || '（没有写明）'], ['位置', fact.origin[1]],
        ['原文', fact.origin[2] ? '“' + fact.origin[2] + '”' : ''], ['记录', fact.origin[3]],
        ['存档', source && source.file], ['文件说明', source && source.note],
        ['文件指纹', source && source.sha256]
      ]));
    }
    parts.push(conflictList(fact.conflicts, '数据冲突'));
    parts.push(heading('用在哪里'));
    if (fact.leaves) {
      parts.push(table('', ['指标', { text: '分值', num: true }, { text: '得分', num: true }], fact.leaves.map(function (path) {
        return [path, leaves[path].points, link(path, leaves[path].earned)];
      })));
    } else {
      parts.push(make('p', 'why', '没有指标直接用到这个数。'));
    }
    parts.push(checkList(fact.checks || []));
    return { title: name, crumbs: '数据', parts: parts };
  }
  // A figure that the text computed by itself, by a formula over the facts.
  function askedView(door) {
    var step = data.steps[data.asked[door]];
    return {
      title: step.says,
      crumbs: '文中算式',
      parts: [
        make('p', 'worth', make('span', 'big', step.value),
          make('span', 'origin-mark', mark('算'), '由其他数据算出')),
        heading('计算'), tree(data.asked[door])
      ]
    };
  }

  function rowView(name, key) {
    var known = data.tables[name];
    var row = rowOf(name, key);
    var disputed = {};
    known.conflicts.forEach(function (one) { if (one[1] === key) { disputed[one[2]] = one[0]; } });
    var places = known.conflicts.filter(function (one) { return one[1] === key; })
      .map(function (one) { return one[0]; });
    var about = data.checks.filter(function (check) {
      return check.of.table === name && check.row === key;
    });
    var labelled = row.cells[known.columns.indexOf('名称')];
    return {
      title: labelled || known.columns[0] + key, crumbs: '表“' + name + '” › ' + known.columns[0] + ' ' + key,
      parts: [
        table('', ['列', '数值'], known.columns.map(function (column, index) {
          return [column, [row.cells[index], disputed[column] === undefined ? '' : tag('两说', true)]];
        })),
        heading('出处'),
        sheet([['文件', known.origin[0]], ['位置', row.place], ['记录', row.record]]),
        conflictList(places, '数据冲突'),
        checkList(about.map(function (check) { return check.door; }))
      ]
    };
  }
  function cellsRead(check) {
    var found = [];
    var seek = function (number) {
      var step = data.steps[number];
      if (step.door === rowDoor(check.of.table, check.row)) { found.push(step.says.replace('本行.', '')); }
      (step.below || []).forEach(seek);
    };
    if (check.step !== null) { seek(check.step); }
    return found;
  }
  function checkView(door) {
    var check = checks[door];
    var parts = [
      make('p', 'worth', make('span', check.error ? 'big error' : 'big', check.mark + ' ' + check.word),
        make('span', '', check.of.kind + '，不符时' + check.of.severity)),
      make('p', 'reason', check.sentence)
    ];
    if (check.of.note) { parts.push(make('p', 'why', check.of.note)); }
    if (check.step !== null) { parts.push(heading('计算'), tree(check.step)); }
    if (check.row) {
      parts.push(heading('所核对的行'), rowTable(check.of.table, [check.row], cellsRead(check)));
    }
    if (check.facts.length) { parts.push(heading('数据（' + check.facts.length + '）'), factTable(check.facts)); }
    if (check.origins.length) {
      parts.push(heading('出处'), make('ul', 'list-plain', check.origins.map(function (number) {
        return make('li', '', originLines(data.origins[number]));
      })));
    }
    return { title: check.of.title, crumbs: '核对', parts: parts };
  }
  function view(door) {
    var found;
    if (leaves[door]) { return leafView(door); }
    if (levels[door]) { return levelView(door); }
    if (door === '合计') { return totalView(); }
    if (checks[door]) { return checkView(door); }
    if (data.asked[door] !== undefined) { return askedView(door); }
    if (door.indexOf('数据:') === 0 && data.facts[door.slice(3)]) { return factView(door.slice(3)); }
    found = /^表:([^[]+)\[(.+)\]$/.exec(door);
    if (found && rowOf(found[1], found[2])) { return rowView(found[1], found[2]); }
    return null;
  }

  // ------------------------------------------------------------------ drawer

  var now = '';
  var depth = 0;
  var narrow = window.matchMedia('screen and (max-width: 760px)');

  function doorNow() {
    try { return decodeURIComponent(location.hash.slice(1)); } catch (error) { return ''; }
  }
  function doorElement(door) {
    var found = null;
    each(byId('page').querySelectorAll('[data-door]'), function (one) {
      if (!found && one.getAttribute('data-door') === door && one.offsetParent) { found = one; }
    });
    return found;
  }
  function show() {
    var door = doorNow();
    var made = door && view(door);
    if (!made) { if (!door && now) { hide(); } return; }
    if (!now) { depth = 0; }
    now = door;
    byId('drawer-title').textContent = made.title;
    byId('drawer-crumbs').textContent = made.crumbs;
    var content = byId('drawer-content');
    content.textContent = '';
    put(content, made.parts);
    drawer.hidden = false;
    drawer.setAttribute('aria-modal', narrow.matches ? 'true' : 'false');
    byId('page').inert = narrow.matches;
    byId('drawer-body').scrollTop = 0;
    byId('drawer-back').hidden = depth < 1;
    point(door);
    byId('drawer-title').focus({ preventScroll: true });
  }
  function point(door) {
    var order = page.order();
    var index = order.indexOf(door);
    byId('drawer-count').textContent = index < 0 ? '' : (index + 1) + '／' + order.length;
    byId('drawer-before').disabled = index <= 0;
    byId('drawer-after').disabled = index < 0 || index === order.length - 1;
    page.mark(door);
  }
  function hide() {
    var from = doorElement(now) || null;
    drawer.hidden = true;
    byId('page').inert = false;
    now = '';
    page.mark('');
    if (doorNow() && view(doorNow())) { write(' ', true); }
    if (from) { from.focus({ preventScroll: true }); }
  }
  function write(door, instead) {
    var target = door === ' ' ? location.pathname + location.search : address(door);
    try {
      window.history[instead ? 'replaceState' : 'pushState'](null, '', target);
    } catch (error) {
      location.hash = door === ' ' ? '' : target;
    }
  }
  function go(door, instead) {
    if (now && !instead) { depth += 1; }
    write(door, instead);
    show();
  }
  function move(by) {
    var order = page.order();
    var next = order[order.indexOf(now) + by];
    if (order.indexOf(now) >= 0 && next) { go(next, true); }
  }

  document.addEventListener('click', function (event) {
    var anchor = event.target.closest && event.target.closest('a[data-door]');
    if (!anchor || event.ctrlKey || event.metaKey || event.shiftKey || event.button) { return; }
    if (!view(anchor.getAttribute('data-door'))) { return; }
    event.preventDefault();
    go(anchor.getAttribute('data-door'), false);
  });
  window.addEventListener('hashchange', show);
  window.addEventListener('popstate', function () {
    depth = Math.max(0, depth - 1);
    if (!doorNow() || !view(doorNow())) { if (now) { hide(); } } else { show(); }
  });
  byId('drawer-close').addEventListener('click', hide);
  byId('drawer-back').addEventListener('click', function () { window.history.back(); });
  byId('drawer-before').addEventListener('click', function () { move(-1); });
  byId('drawer-after').addEventListener('click', function () { move(1); });
  document.addEventListener('keydown', function (event) {
    var typing = /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) { return; }
    if (event.key === 'Escape' && now) { hide(); return; }
    if (typing || !now) { return; }
    if (event.key === 'n' || event.key === 'ArrowRight') { move(1); }
    if (event.key === 'p' || event.key === 'ArrowLeft') { move(-1); }
  });

  return {
    make: make,
    put: put,
    leafView: leafView,
    show: show,
    refresh: function () { if (now) { point(now); } }
  };
}
