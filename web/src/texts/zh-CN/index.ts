/** Every text of the workbench, one file an area. Labels of codes come from the server. */
import admin from './admin'
import assessment from './assessment'
import common from './common'
import door from './door'
import followup from './followup'
import overview from './overview'
import report from './report'
import resident from './resident'
import team from './team'
import today from './today'
import transfer from './transfer'

export default {
  ...admin,
  ...assessment,
  ...common,
  ...door,
  ...followup,
  ...overview,
  ...report,
  ...resident,
  ...team,
  ...today,
  ...transfer,
}
