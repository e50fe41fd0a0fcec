// Where a line end ends the statement, and where not.
let a = 1
let b = 2
const f = () => {
  return
  42
}
console.log(f())
let c = a
+ b
console.log(c)
a
++
b
console.log(a, b)
const g = function () { return 'g' }
;[1, 2].forEach((x) => console.log(x))
;(function () { console.log('iife') })()
var x = 1; var y = x
/2/1
console.log(y)
do console.log('once'); while (false) console.log('same line')
if (a) ; else console.log('never')
for (let i = 0
  ; i < 1
  ; i++) console.log('loop')
const o = { get
  x() { return 'get on two lines' } }
console.log(o.x)
label:
for (;;) { break
label }
throwTest()
function throwTest() { try { throw new Error('one line') } catch (e) { console.log(e.message) } }
var async
async = 5
console.log(async)
let yield_ = 1, of = 2, get = 3, set = 4, let_ = 5, static_ = 6
console.log(of + get + set)
;`template`.length
console.log(typeof /re/g.exec, 4 /2/ 1)
{}
console.log({} + 1, (() => ({}))())
