import a from 'b'; with (a) b; eval ('1'); new Function ('return 1'); new Proxy (a, {}); import ('c'); <!-- x
export default 1
