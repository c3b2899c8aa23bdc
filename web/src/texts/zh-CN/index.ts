/** Every text of the workbench, one file an area. Labels of codes come from the server. */
import common from './common'
import door from './door'
import followup from './followup'
import overview from './overview'
import resident from './resident'
import today from './today'

export default {
  ...common,
  ...door,
  ...followup,
  ...overview,
  ...resident,
  ...today,
}
