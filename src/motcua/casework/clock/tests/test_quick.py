import datetime as dt
from motcua.casework.calendar.seed import delivered_calendar
from motcua.casework.clock.planning import *
from motcua.casework.clock.badges import badge
from motcua.casework.clock.wording import *
from motcua.foundation.timesource import CITY_ZONE
C=delivered_calendar()
def at(t): return dt.datetime.strptime(t,"%d/%m/%Y %H:%M").replace(tzinfo=CITY_ZONE)
def show(due):
    print(due.state,due.at, due.total, due.consumed)
    for l in due.lines: print("  ",moment_in_words(l.from_at),"→",l.to_at and moment_in_words(l.to_at),"|",span_in_words(l.counted).vi,"|",l.why.vi,"|",l.legal_basis)
def test_x():
    W=Why("lý do","NĐ X")
    es=[]
    def do(f,**k):
        p=f(es,calendar=C,why=W,**k); es.append(p.entry); print(f.__name__); show(p.due); return p.due
    d=do(plan_start,at=at("20/04/2026 18:00"),limit=Limit(10,"working_day"),remote=Limit(10,"working_day"))
    print(badge(d,at("28/04/2026 10:00")))
    do(plan_suspend,at=at("28/04/2026 10:00"))
    do(plan_resume,at=at("05/05/2026 14:00"))
    d=do(plan_extend,at=at("06/05/2026 14:00"),limit=Limit(2,"working_day"))
    print(badge(d,at("08/06/2026 10:00")))
    do(plan_stop,at=at("20/05/2026 14:00"))
    es.clear()
    do(plan_start,at=at("15/04/2026 09:00"),limit=Limit(15,"calendar_day"),policy=Policy("restart"))
    do(plan_suspend,at=at("20/04/2026 10:00"))
    do(plan_resume,at=at("22/04/2026 14:00"))
    es.clear()
    do(plan_start,at=at("13/02/2026 10:00"),limit=Limit(8,"working_hour"))
    es.clear()
    do(plan_start,at=at("13/02/2026 15:30"),limit=Limit(1,"same_day"))
    es.clear()
    do(plan_start,at=at("08/01/2026 15:30"),limit=Limit(3,"working_day"))
