const \u{61}b = 1, o = { '\u0062': 2, c\u0064: 3 }; console.log(ab, o.b, o.cd, 'caf\u00e9', 'x\u{1F4A9}y'.length, `\u{41}`, /\u0041/.test('A'), 'a\u0300'.length, "\x41", '\
joined'); var ünïcode = 'ok', $dollar$ = 1, _under = 2, 名前 = 'name'; console.log(ünïcode, $dollar$ + _under, 名前, { 名前 }, { ünïcode });
