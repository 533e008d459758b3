import sys,tempfile,shutil,traceback
from pathlib import Path
from tests.made.folder import make_folder
from steelyard.evaluation.folder import load_evaluation
from steelyard.evaluation.evaluation import evaluate
from steelyard.checks.tie_out import errors_among
from steelyard.report.compose.composer import compose
from steelyard.report.compose.load_outline import find_outline
from steelyard.report.compose.material import load_material
from steelyard.report.model.blocks import Table
from steelyard.errors import Gathered, SteelyardError
bad=0
for seed in range(int(sys.argv[1]),int(sys.argv[2])+1):
    d=Path(tempfile.mkdtemp())
    try:
        m=make_folder(d/"e",seed)
        ev=load_evaluation(m.folder); o=evaluate(ev)
        diff=[(a.leaf.text,a.leaf.rule.get('use'),str(a.earned),str(m.earned[a.leaf.text]),a.because) for a in o.card.awards if a.earned!=m.earned[a.leaf.text]]
        errs=[r.check.id for r in errors_among(o.results)]
        unk=[(r.check.id,r.problem) for r in o.results if r.state in("unknown","broken")]
        flaws=[f for f in o.flaws if f.severity=='error' and not f.is_settled]
        mat=load_material(m.folder)
        c=compose(o,mat,find_outline(mat.outline,ev.rubric.framework.kind,m.folder))
        for b in c.document.blocks():
            if isinstance(b,Table): list(b.placed())
        print(seed,m.style.name,m.style.kind,m.style.sector,m.leaves,m.depth,str(float(m.total)),m.grade,o.card.total==m.total,"gaps",len(c.document.gaps),"typed",len(c.typed),"flaws",len(flaws),"chain",len(o.chain_gaps),"prob",o.problem,m.left_out)
        if diff or errs or unk or flaws or c.document.gaps or c.typed or o.card.total!=m.total or o.chain_gaps:
            bad+=1
            print(diff,errs,unk[:5],[f.what for f in flaws][:5],[g.what for g in c.document.gaps][:8],[str(t) for t in c.typed][:4],[g.what for g in o.chain_gaps][:4],sep="\n   ")
    except SteelyardError as e:
        bad+=1; print(seed,"ERR",type(e).__name__,[str(x.what)+"|"+str(x.where) for x in getattr(e,'errors',[e])][:6])
    except Exception:
        bad+=1; print(seed); traceback.print_exc()
    shutil.rmtree(d)
print("bad",bad)
